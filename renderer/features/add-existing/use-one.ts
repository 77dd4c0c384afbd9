import { useEffect, useState } from 'react';
import type { FaultView, Input, Output } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';

type Draft = Input<'track:one'>;
export type Field = 'name' | 'tenant' | 'clientId' | 'certificate';
type Faults = Output<'track:check'>['faults'];
export type Chosen = NonNullable<Output<'certificate:choose'>>;

/** In the order of the form: the first one that is wrong gets the focus. */
const fields: readonly Field[] = ['name', 'tenant', 'clientId', 'certificate'];

/** Milliseconds without a key before main is asked. */
const pause = 250;

export interface Typed {
  readonly name: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly certificate: Chosen | null;
}

const draftOf = ({ certificate, ...texts }: Typed, cloud: Draft['cloud']): Draft => ({
  ...texts,
  cloud,
  certificate: certificate?.certificate ?? null,
});

/**
 * The form for one existing credential: what was typed, and what main says of it.
 *
 * @param certificate the one that the dialog was opened with
 */
export function useOne(cloud: Draft['cloud'], certificate: Chosen | null) {
  const [typed, setTyped] = useState<Typed>({ name: '', tenant: '', clientId: '', certificate });
  const [left, setLeft] = useState<readonly Field[]>([]);
  const [validated, setValidated] = useState<{ readonly typed: Typed; readonly faults: Faults } | null>(null);
  const [fault, setFault] = useState<FaultView | null>(null);
  const [focus, setFocus] = useState<{ readonly field: Field } | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let gone = false;
    const timer = globalThis.setTimeout(async () => {
      const outcome = await request('track:check', draftOf(typed, cloud));
      if (!gone && outcome.ok) setValidated({ typed, faults: outcome.value.faults });
    }, pause);
    return () => {
      gone = true;
      globalThis.clearTimeout(timer);
    };
  }, [typed, cloud]);

  const type = (change: Partial<Typed>) => {
    setFault(null);
    setTyped((was) => ({ ...was, ...change }));
  };
  const leave = (field: Field) => setLeft((was) => (was.includes(field) ? was : [...was, field]));

  const choose = async () => {
    const outcome = await request('certificate:choose', null);
    if (!outcome.ok) setFault(outcome.fault);
    else if (outcome.value !== null) type({ certificate: outcome.value });
  };

  /** @returns the credential that was added; null when something speaks against it, which stands beside its field then */
  const submit = async (): Promise<Output<'track:one'> | null> => {
    setBusy(true);
    setFault(null);
    const draft = draftOf(typed, cloud);
    const checked = await request('track:check', draft);
    const wrong = checked.ok ? fields.find((field) => checked.value.faults[field] !== undefined) : undefined;
    const outcome = checked.ok && wrong === undefined ? await request('track:one', draft) : null;
    setBusy(false);
    if (!checked.ok) setFault(checked.fault);
    else if (wrong !== undefined) {
      setLeft(fields);
      setValidated({ typed, faults: checked.value.faults });
      setFocus({ field: wrong });
    } else if (outcome?.ok === false) setFault(outcome.fault);
    return outcome?.ok === true ? outcome.value : null;
  };

  /** Only once a field was left, and only about what stands in it now. */
  const saidOf = (field: Field): string | null => {
    const said = left.includes(field) && validated?.typed[field] === typed[field] ? validated.faults[field] : undefined;
    return said === undefined ? null : `${said.message} ${said.fix}`;
  };

  return { typed, type, leave, choose, submit, saidOf, focus, fault, dismiss: () => setFault(null), busy };
}

export type One = ReturnType<typeof useOne>;
