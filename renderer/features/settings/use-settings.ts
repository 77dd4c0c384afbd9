import { useState } from 'react';
import type { FaultView, Settings, SettingsChange } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';

export interface SavedSettings {
  /** As they are saved. */
  readonly settings: Settings;
  /** Why the last choice could not be saved; what is wrong with a text stands in its field. */
  readonly fault: FaultView | null;
  readonly clear: () => void;
  /**
   * Saves at once, as Windows does, and says so.
   *
   * @param label what is changed, as the person reads it
   * @returns why it was not saved; null where it was
   */
  readonly save: (change: SettingsChange, label: string) => Promise<FaultView | null>;
  /** The same for a choice from a list, whose fault stands above the page. */
  readonly choose: (change: SettingsChange, label: string) => void;
}

/** The settings of this Windows user, saved one by one. */
export function useSettings(stored: Settings): SavedSettings {
  const { t } = useTexts();
  const announce = useAnnounce();
  const [settings, setSettings] = useState(stored);
  const [fault, setFault] = useState<FaultView | null>(null);
  const save = async (change: SettingsChange, label: string): Promise<FaultView | null> => {
    const outcome = await request('settings:write', change);
    if (!outcome.ok) return outcome.fault;
    setSettings((was) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return { ...was, ...given };
    });
    announce(t('settings.saved', { setting: label }));
    return null;
  };
  const choose = (change: SettingsChange, label: string) => void save(change, label).then(setFault);
  return { settings, fault, clear: () => setFault(null), save, choose };
}
