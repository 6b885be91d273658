/** A model's stored name as people read it: "seasonal-naive" is "Seasonal naive". */
export function modelTitle(name: string): string {
  const words = name.replaceAll(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
