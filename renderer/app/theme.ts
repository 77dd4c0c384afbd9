import type { Theme } from '@fluentui/react-components';
import { useCallback, useSyncExternalStore } from 'react';

type Kind = 'light' | 'dark' | 'highContrast';

/** One is shown, so one is read. */
const load: Readonly<Record<Kind, () => Promise<{ readonly theme: Theme }>>> = {
  light: () => import('./themes/light.ts'),
  dark: () => import('./themes/dark.ts'),
  highContrast: () => import('./themes/high-contrast.ts'),
};
const themes = new Map<Kind, Theme>();

const forced = globalThis.matchMedia('(forced-colors: active)');

/** Forced colours are the system's own and win. */
function kindOf(dark: boolean): Kind {
  if (forced.matches) return 'highContrast';
  return dark ? 'dark' : 'light';
}

/** Has Fluent's theme ready for what the system, or the setting, wants now. */
export async function loadTheme(dark: boolean): Promise<void> {
  const kind = kindOf(dark);
  if (!themes.has(kind)) themes.set(kind, (await load[kind]()).theme);
}

/** What is shown until the theme is there that is wanted since. */
let last: Theme | undefined;

function current(dark: boolean): Theme {
  last = themes.get(kindOf(dark)) ?? last;
  if (last === undefined) throw new Error('a theme is shown before one is loaded');
  return last;
}

/** The theme that was loaded for this. */
export function useTheme(dark: boolean): Theme {
  const follow = useCallback(
    (changed: () => void) => {
      const onForced = () => void loadTheme(dark).then(changed);
      forced.addEventListener('change', onForced);
      return () => forced.removeEventListener('change', onForced);
    },
    [dark],
  );
  return useSyncExternalStore(follow, () => current(dark));
}
