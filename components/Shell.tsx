import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";
import { Logo } from "./Logo.tsx";
import { ThemeChoice } from "./ThemeChoice.tsx";

/**
 * Places the navigation leads to; a place joins when its page exists. None is "/": Fresh marks a link to it as current
 * on every page.
 */
const PLACES: { href: string; title: string; icon: IconName; covers: (path: string) => boolean }[] = [
  {
    href: "/dashboards",
    title: "Dashboards",
    icon: "dashboards",
    covers: (p) => p === "/" || p === "/dashboards" || p.startsWith("/dashboards/"),
  },
  { href: "/data", title: "Data", icon: "data", covers: (p) => p === "/data" || p.startsWith("/data/") },
];

/** What the frame of every page needs to know. */
export interface ShellProps {
  /** The path of the page, for the mark in the navigation and the way back after choosing a theme. */
  path: string;
  /** Query text of the page, with `?`, or empty. */
  search?: string;
  theme?: "light" | "dark";
  children: ComponentChildren;
}

/** The frame of every page: navigation at the side (a top bar with a menu on a phone), the page, the footer. */
export function Shell({ path, search = "", theme, children }: ShellProps) {
  const foot = (
    <>
      <ThemeChoice theme={theme} back={path + search} />
      <p class="shell__foot">
        <a href="/dashboards#health">Health</a>
      </p>
    </>
  );
  return (
    <div class="shell">
      <a class="skip" href="#main">Skip to the page</a>
      <header class="shell__nav">
        <a class="brand" href="/dashboards">
          <Logo />
          <span>Tessera</span>
        </a>
        <nav class="nav nav--side" aria-label="Main">
          <Places path={path} />
        </nav>
        <div class="shell__end">{foot}</div>
        <details class="menu">
          <summary>
            <Icon name="menu" />
            <span class="visually-hidden">Menu</span>
          </summary>
          <div class="menu__panel">
            <nav class="nav" aria-label="Menu">
              <Places path={path} />
            </nav>
            {foot}
          </div>
        </details>
      </header>
      <main id="main" class="page" tabIndex={-1}>{children}</main>
    </div>
  );
}

function Places({ path }: { path: string }) {
  return (
    <ul class="nav__list">
      {PLACES.map(({ href, title, icon, covers }) => (
        <li key={href}>
          <a
            class={covers(path) ? "nav__link nav__link--current" : "nav__link"}
            href={href}
            aria-current={path === "/" && covers(path) ? "page" : undefined}
          >
            <Icon name={icon} />
            <span>{title}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
