import { useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

type Saved = 'list' | 'calendar';

/** Files that are written of the whole list, and the fault of the last one that was not. */
export interface SavedFile {
  readonly save: (what: Saved) => void;
  readonly again: () => void;
  readonly fault: FaultView | null;
  readonly clear: () => void;
}

export function useSavedFile(): SavedFile {
  const { run, fault, clear } = useCommand();
  const announce = useAnnounce();
  const { t } = useTexts();
  const [last, setLast] = useState<Saved>('list');
  const save = async (what: Saved): Promise<void> => {
    setLast(what);
    if (what === 'list') {
      const written = await run('list:export', null);
      if (written !== null) announce(t('list.exported', written));
    } else {
      const written = await run('watch:save-calendar', null);
      if (written !== null) announce(t('calendar.written', written));
    }
  };
  return { save: (what) => void save(what), again: () => void save(last), fault, clear };
}
