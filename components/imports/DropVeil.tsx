import { Icon } from "../Icon.tsx";

/** Lies over the page while files hang over it. */
export function DropVeil({ into }: { into: string }) {
  return (
    <div class="drop__veil" aria-hidden="true">
      <p>
        <Icon name="upload" />
        Drop to import into {into}
      </p>
    </div>
  );
}
