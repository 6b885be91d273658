const CHOICES = [{ value: "system", title: "System" }, { value: "light", title: "Light" }, {
  value: "dark",
  title: "Dark",
}] as const;

/** Chooses light, dark or the system's setting. A plain form: it works, and without a flash, where no script runs. */
export function ThemeChoice({ theme, back }: { theme?: "light" | "dark"; back: string }) {
  const chosen = theme ?? "system";
  return (
    <form class="theme" method="post" action="/theme" aria-label="Colours of the page">
      <input type="hidden" name="back" value={back} />
      {CHOICES.map(({ value, title }) => (
        <button
          key={value}
          class="theme__choice"
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === chosen}
        >
          {title}
        </button>
      ))}
    </form>
  );
}
