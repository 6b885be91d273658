import { Icon, type IconName } from "./Icon.tsx";

const CHOICES: { value: "system" | "light" | "dark"; title: string; icon: IconName }[] = [
  { value: "system", title: "System", icon: "system" },
  { value: "light", title: "Light", icon: "light" },
  { value: "dark", title: "Dark", icon: "dark" },
];

/** Chooses light, dark or the system's setting. A plain form: it works, and without a flash, where no script runs. */
export function ThemeChoice({ theme, back }: { theme?: "light" | "dark"; back: string }) {
  const chosen = theme ?? "system";
  return (
    <form class="theme" method="post" action="/theme" aria-label="Colours of the page">
      <input type="hidden" name="back" value={back} />
      {CHOICES.map(({ value, title, icon }) => (
        <button
          key={value}
          class="theme__choice"
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === chosen}
          title={`${title} colours`}
        >
          <Icon name={icon} />
          <span class="visually-hidden">{title}</span>
        </button>
      ))}
    </form>
  );
}
