import { Button } from '@fluentui/react-components';
import { useNavigation } from '../../parts/routes.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { nameOf, type MissingKey } from './comparison.ts';
import { useKeyStyles } from './key-styles.ts';

/** Credentials whose key is gone, each with the way to it. */
export function MissingKeys({ keys }: { readonly keys: readonly MissingKey[] }) {
  const { t } = useTexts();
  const { go } = useNavigation();
  const styles = useKeyStyles();
  return (
    <>
      <h3 className={styles.title}>{t('keys.missing.title')}</h3>
      <span>{t('keys.missing.body')}</span>
      <ul className={styles.list} data-keys="missing">
        {keys.map((key) => (
          <li key={nameOf(key)} className={styles.line}>
            <span className={styles.text}>
              {key.name}
              {key.deleted ? ` (${t('keys.missing.deleted')})` : null}
              <span className={styles.thumbprint}>{key.thumbprint}</span>
            </span>
            {key.deleted ? null : (
              <Button
                size="small"
                aria-label={t('keys.missing.show.name', { name: key.name })}
                onClick={() => go({ at: 'manager', select: key.credentialId })}
              >
                {t('keys.missing.show')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
