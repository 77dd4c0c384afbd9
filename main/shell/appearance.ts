import { app, nativeTheme } from 'electron';
import type { Settings } from '../../preload/contract.ts';
import { chooseLanguage, type Language } from '../texts/index.ts';

/** The language asked for on the command line, else the setting, else the first of the system's. */
export function windowLanguage(lang: string | undefined, setting: Settings['language']): Language {
  return chooseLanguage(lang ?? (setting === 'system' ? undefined : setting), { LANG: app.getPreferredSystemLanguages()[0] });
}

export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

export const isDark = (): boolean => nativeTheme.shouldUseDarkColors;

/** Light, dark or high contrast changed, in the system or by the setting. */
export function onAppearanceChange(changed: () => void): void {
  nativeTheme.on('updated', changed);
}
