import { type Role, roles } from './cast.ts';

export type Line = { name: string; cells: Record<Role, string> };

const head = `# Who may do what

Each row is a command, sent from the click of whoever it is for; each column is somebody who sends just that. The
bookings are Ann's (\`host\`), confidential, with Ben invited (\`attendee\`), in a room that Rae reviews; Rae is away and
Sue stands in for her (\`substitute\`). \`otherHost\` and \`otherReviewer\` have bookings and rooms of their own. From
\`supervisor\` to \`privacyOfficer\` each has that role and no other. \`elsewhere\` is an employee of the same organisation
who is known on Teams only, where all others are on Slack. \`foreign\` belongs to another tenant.

| | |
|---|---|
| \`+\` | It is done. |
| \`reads\` | It is shown, with the topic of the confidential booking. |
| \`ok\` | It is shown, without that topic. |
| \`invalid\` | The form comes back with what is wrong in it. |
| anything else | It is refused, and nothing is changed: the name of the refusal in the catalogues. \`admin\`: for admins only; \`guest\`: turned away at the door; \`stale\`: there is no such thing for them; \`…, reads\`: refused on a card that shows them the topic. |

`;

/** The table as it is kept. */
export function writeTable(rows: readonly Line[]): string {
  const lines = [
    ['command', ...roles],
    ['---', ...roles.map(() => '---')],
    ...rows.map(({ name, cells }) => [name, ...roles.map((role) => cells[role])]),
  ];
  const widths = lines[0]?.map((_, n) => Math.max(...lines.map((line) => line[n]?.length ?? 0))) ?? [];
  const padded = lines.map((line) => `| ${line.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`);
  return `${head}${padded.join('\n')}\n`;
}

/** @throws where a row has not as many cells as there are roles. */
export function readTable(text: string): Line[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('| command'));
  return lines
    .slice(start + 2)
    .filter((line) => line.startsWith('|'))
    .map((line) => {
      const [name = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      if (cells.length !== roles.length) throw new Error(`the row of ${name} has ${cells.length} cells`);
      return {
        name,
        cells: Object.fromEntries(roles.map((role, n) => [role, cells[n]])) as Record<Role, string>,
      };
    });
}
