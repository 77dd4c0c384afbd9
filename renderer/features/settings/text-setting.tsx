import { Field, Input } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { SavedSettings } from './use-settings.ts';

/** Milliseconds without a key before what was typed is saved. */
const pause = 800;

type TextName = 'fqdn' | 'port' | 'lifetime' | 'signInClientId';

export interface TextSettingProps {
  readonly name: TextName;
  readonly label: TextKey;
  readonly hint?: TextKey;
  readonly locked?: boolean;
  /** Saved only when the field is left, or by Enter: main asks a question about it. */
  readonly asks?: boolean;
  readonly saved: SavedSettings;
}

/**
 * A setting that is typed: saved after a pause, by Enter and when the field or the page is left. What main does not accept stays in
 * the field, with what would be right, and what was saved before goes on to hold.
 */
export function TextSetting({ name, label, hint, locked = false, asks = false, saved }: TextSettingProps) {
  const { t, has } = useTexts();
  /** Null: as it is saved. */
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<FaultView | null>(null);
  /** What main was asked to save last, and its answer: the same is not asked twice, by Enter and by leaving the field. */
  const asked = useRef<{ readonly typed: string; readonly answer: Promise<FaultView | null> } | null>(null);
  const stored = saved.settings[name];
  const changed = typed !== null && typed.trim() !== stored;

  /** @param show whether what is wrong is to be said: not while somebody is still typing */
  async function keep(show: boolean): Promise<void> {
    if (!changed) return setTyped(null);
    if (asked.current?.typed !== typed) asked.current = { typed, answer: saved.save({ [name]: typed.trim() }, t(label)) };
    const refused = await asked.current.answer;
    // Somebody has said no to main's question: what was saved stands there again.
    const settled = refused === null || refused.code === 'window.not-confirmed';
    if (settled || refused.retryable) asked.current = null;
    if (settled) setTyped((now) => (now === typed ? null : now));
    else if (show) setFault(refused);
  }
  const keepLater = useEffectEvent(() => (changed && asked.current?.typed !== typed ? void keep(false) : undefined));
  useEffect(() => {
    if (typed === null || asks) return undefined;
    const timer = globalThis.setTimeout(() => keepLater(), pause);
    return () => globalThis.clearTimeout(timer);
  }, [typed, asks]);
  // The page is left by a key, without the field being left before.
  useEffect(() => () => keepLater(), []);

  const short = `beside-field.${fault?.code ?? ''}`;
  const said = fault === null ? null : has(short) ? t(short) : `${fault.message} ${fault.fix}`;
  return (
    <Field label={t(label)} {...(said !== null ? { validationMessage: said } : hint === undefined ? {} : { hint: t(hint) })}>
      <Input
        value={typed ?? stored}
        name={name}
        readOnly={locked}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => {
          setTyped(value);
          setFault(null);
        }}
        onBlur={() => void keep(true)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep(true);
        }}
      />
    </Field>
  );
}
