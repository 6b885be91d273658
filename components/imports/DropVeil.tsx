import { Icon } from "../Icon.tsx";

/** Lies over the page while files hang over it. `into`: the dataset they go to, where it was chosen. */
export function DropVeil({ into }: { into?: string }) {
  return (
    <div class="drop__veil" aria-hidden="true">
      <p>
        <Icon name="upload" />
        {into ? `Drop to import into ${into}` : "Drop to import"}
      </p>
    </div>
  );
}
