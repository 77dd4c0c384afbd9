import { Button, Checkbox } from '@fluentui/react-components';
import { useState } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { nameOf, type UnneededKey } from './comparison.ts';
import { ForgetKeysDialog } from './forget-keys-dialog.tsx';
import { useKeyStyles } from './key-styles.ts';

function ownerText({ credential, known }: UnneededKey, { t }: Texts): string {
  if (credential !== null) return t('keys.owner.listed', { name: credential });
  return t(known ? 'keys.owner.gone' : 'keys.owner.unknown');
}

export interface UnneededKeysProps {
  readonly keys: readonly UnneededKey[];
  /** How many were removed, and how many stayed because they are needed by now. */
  readonly onForgotten: (forgotten: number, kept: number) => void;
}

/** Keys that nothing here needs, to be chosen one by one: none of them is sure to be nobody's. */
export function UnneededKeys({ keys, onForgotten }: UnneededKeysProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useKeyStyles();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const around = useFocusReturn<HTMLDivElement>(asking);
  const chosen = keys.filter((key) => ticked.has(nameOf(key)));
  const tick = (names: readonly string[], on: boolean) =>
    setTicked((was) => new Set(on ? [...was, ...names] : [...was].filter((name) => !names.includes(name))));
  return (
    <>
      <h3 className={styles.title}>{t('keys.unneeded.title')}</h3>
      <span>{t('keys.unneeded.body')}</span>
      {keys.length > 1 ? (
        <Checkbox
          label={t('keys.all', { count: keys.length })}
          checked={chosen.length === keys.length ? true : chosen.length > 0 ? 'mixed' : false}
          onChange={(_, { checked }) => tick(keys.map(nameOf), checked === true)}
        />
      ) : null}
      <ul className={styles.list} data-keys="unneeded">
        {keys.map((key) => (
          <li key={nameOf(key)} className={styles.line}>
            <Checkbox
              checked={ticked.has(nameOf(key))}
              onChange={(_, { checked }) => tick([nameOf(key)], checked === true)}
              label={
                <>
                  <span className={styles.thumbprint}>{key.thumbprint}</span>
                  <span className={styles.quiet}>{ownerText(key, texts)}</span>
                  {key.credential === null ? <span className={styles.quiet}>{key.credentialId}</span> : null}
                </>
              }
            />
          </li>
        ))}
      </ul>
      <div ref={around}>
        <Button disabledFocusable={chosen.length === 0} onClick={() => setAsking(true)}>
          {t('keys.remove')}
        </Button>
      </div>
      {asking ? (
        <ForgetKeysDialog
          keys={chosen}
          onClose={(done) => {
            setAsking(false);
            if (done !== null) onForgotten(done.forgotten, done.kept);
          }}
        />
      ) : null}
    </>
  );
}
