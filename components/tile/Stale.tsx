/** Says that a tile shows values of an earlier moment, and since when. */
export function Stale({ since }: { since: string }) {
  return <p class="tile__stale">Values from {since}; newer ones could not be loaded</p>;
}
