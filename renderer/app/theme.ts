import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

const forced = globalThis.matchMedia('(forced-colors: active)');

function onForcedColors(changed: () => void): () => void {
  forced.addEventListener('change', changed);
  return () => forced.removeEventListener('change', changed);
}

/** Fluent's theme for what the system, or the setting, wants; forced colours are the system's own and win. */
export function useTheme(dark: boolean): Theme {
  const highContrast = useSyncExternalStore(onForcedColors, () => forced.matches);
  if (highContrast) return teamsHighContrastTheme;
  return dark ? webDarkTheme : webLightTheme;
}
