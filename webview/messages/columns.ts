/** In the order in which they stand. Which of them give way where room is short is told in panel.css. */
export const messageColumns = [
  'ends',
  'kind',
  'sent',
  'delivered',
  'waiting',
  'bytes',
  'queue',
  'serialize',
  'handle',
  'lines',
  'recorded',
] as const;
export type MessageColumn = (typeof messageColumns)[number];

export function isMessageColumn(value: unknown): value is MessageColumn {
  return messageColumns.some((column) => column === value);
}
