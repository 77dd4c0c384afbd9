import { useState } from 'react';
import type { Input } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Line } from './line-table.tsx';

interface ReadFile {
  /** Main's name for it. */
  readonly file: string;
  readonly name: string;
  readonly lines: readonly Line[];
}

/** What was added, where other lines could not be. */
interface Ended {
  readonly ids: readonly string[];
  readonly count: number;
  readonly name: string;
}

const isBad = ({ problem }: Line) => problem !== null;

/**
 * Many credentials from a file: choose, look, add; what was refused stays to be saved.
 *
 * @param given the file that the dialog was opened with
 */
export function useFile(cloud: Input<'track:choose'>['cloud'], given: ReadFile | null) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const command = useCommand();
  const [read, setRead] = useState<ReadFile | null>(given);
  const [ended, setEnded] = useState<Ended | null>(null);
  const bad = read?.lines.filter(isBad).length ?? 0;
  const good = (read?.lines.length ?? 0) - bad;

  const choose = async () => {
    const chosen = await command.run('track:choose', { cloud });
    if (chosen === null) return;
    setRead(chosen);
    const refused = chosen.lines.filter(isBad).length;
    announce(t('track-dialog.file.summary', { file: chosen.name, good: chosen.lines.length - refused, bad: refused }));
  };

  /** @returns ids of what was added when nothing was refused; null while there is something left to look at */
  const add = async (): Promise<readonly string[] | null> => {
    if (read === null) return null;
    const done = await command.run('track:add', { file: read.file });
    if (done === null) return null;
    const { added, lines } = done;
    const first = lines.find((line) => !isBad(line))?.name ?? '';
    const refused = lines.filter(isBad);
    const said = t('track.added', { count: added.length, name: first });
    announce(refused.length === 0 ? said : `${said} ${t('track.refused', { count: refused.length })}`);
    if (refused.length === 0) return added;
    setRead({ ...read, lines: refused });
    setEnded({ ids: added, count: added.length, name: first });
    return null;
  };

  const save = async () => {
    if (read === null) return;
    const saved = await command.run('track:save-refused', { file: read.file });
    if (saved !== null) announce(t('track.refused-written', { path: saved.path }));
  };

  return { read, ended, good, bad, choose, add, save, fault: command.fault, busy: command.busy, dismiss: command.clear };
}

export type FileImport = ReturnType<typeof useFile>;
