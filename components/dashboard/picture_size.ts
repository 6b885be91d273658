/** Inner size of a tile's chart in CSS pixels, for pictures drawn before any browser has measured it. */
export function pictureSize(place: { w: number; h: number }, narrow: boolean): { width: number; height: number } {
  const [gap, row, padding, header] = [16, 72, 32, 64];
  const height = place.h * row + (place.h - 1) * gap - padding - header;
  if (narrow) return { width: 390 - 2 * 12 - padding, height };
  const content = 1440 - 200 - 2 * 24;
  const column = (content - 11 * gap) / 12;
  return { width: Math.round(place.w * column + (place.w - 1) * gap - padding), height };
}
