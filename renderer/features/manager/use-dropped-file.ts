import { useEffect, useEffectEvent, useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { contentOf, mostOfCertificate } from '../../parts/file-content.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { Dropped } from '../add-existing/index.ts';

/** By their ends: what a file can be taken for. A key is not even read: what is dropped comes into this page. */
const kinds = {
  list: ['csv', 'txt', 'json'],
  certificate: ['cer', 'crt', 'pem', 'der', 'p7b', 'p7c'],
  key: ['pfx', 'p12', 'key', 'pvk', 'jks'],
} as const;

type Kind = keyof typeof kinds;

const isKind = (kind: string): kind is Kind => Object.hasOwn(kinds, kind);

function kindOf(name: string): Kind | null {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  return (
    Object.keys(kinds)
      .filter(isKind)
      .find((kind) => kinds[kind].some((each) => each === ending)) ?? null
  );
}

/** Bytes, of which main can tell that a file is too large. */
const most = { list: 4 * 1024 * 1024 + 1, certificate: mostOfCertificate } as const;

/** Why a file was not taken, where main was not even asked. */
export interface RefusedFile {
  readonly text: TextKey;
  readonly name: string;
}

export interface DroppedFile {
  /** Whether a file is held over the window. */
  readonly over: boolean;
  readonly refused: RefusedFile | null;
  readonly fault: FaultView | null;
  readonly clear: () => void;
}

const modalOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

async function taken(kind: 'list' | 'certificate', file: File): Promise<Dropped | FaultView> {
  const content = await contentOf(file, most[kind]);
  if (kind === 'certificate') {
    const outcome = await request('certificate:read', { name: file.name, content });
    return outcome.ok ? { kind, ...outcome.value } : outcome.fault;
  }
  const settings = await request('settings:read', null);
  if (!settings.ok) return settings.fault;
  const outcome = await request('track:read', { cloud: settings.value.cloud, name: file.name, content });
  return outcome.ok ? { kind, ...outcome.value } : outcome.fault;
}

/** Takes a list or a certificate that is dropped anywhere on the list’s page, while no dialog is open. */
export function useDroppedFile(onTaken: (dropped: Dropped) => void): DroppedFile {
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<RefusedFile | null>(null);
  const [fault, setFault] = useState<FaultView | null>(null);

  const take = useEffectEvent(async (file: File) => {
    const kind = kindOf(file.name);
    setFault(null);
    setRefused(null);
    if (kind === null) return setRefused({ text: 'manager.drop.other', name: file.name });
    if (kind === 'key') return setRefused({ text: 'manager.drop.key', name: file.name });
    const answer = await taken(kind, file);
    return 'code' in answer ? setFault(answer) : onTaken(answer);
  });

  useEffect(() => {
    const page = new AbortController();
    const { signal } = page;
    const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && !modalOpen();
    document.addEventListener(
      'dragover',
      (event) => {
        if (!isFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    // Out of the window, or onto nothing.
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file === undefined || !isFile(event)) return;
        event.preventDefault();
        void take(file);
      },
      { signal },
    );
    return () => page.abort();
  }, []);

  const clear = () => {
    setRefused(null);
    setFault(null);
  };
  return { over, refused, fault, clear };
}
