/** Equipment by its key, and the words for it; what an organisation adds has the same form (Q). */
export type EquipmentWords = Readonly<Record<string, readonly string[]>>;

export const equipmentWords: EquipmentWords = {
  projector: ['projector', '投影機', '投影机', '投影仪', '投影儀', '投影'],
  whiteboard: ['whiteboard', '白板'],
  video: [
    'video',
    'video call',
    'video conference',
    'video conferencing',
    '視訊',
    '視訊會議',
    '视频',
    '视频会议',
  ],
  phone: ['phone', 'speakerphone', 'conference phone', '電話', '电话', '電話會議機', '电话会议机'],
  tv: ['tv', '電視', '电视', '大螢幕', '大荧幕', '大屏', '大屏幕'],
};
