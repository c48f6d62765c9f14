export const reminder = {
  title: 'In {{in}}: {{topic}}',
} as const;
