import { makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import type { RefusedFile } from './use-downloads.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  icon: { fontSize: '20px', lineHeight: 0, color: tokens.colorStatusWarningForeground3 },
});

/** What came into the folder and cannot be the certificate: one line for each, said aloud when it comes. */
export function RefusedFiles({ files }: { readonly files: readonly RefusedFile[] }) {
  const styles = useStyles();
  return (
    <div aria-live="polite" data-refused-files>
      {files.length === 0 ? null : (
        <ul className={styles.list}>
          {files.map(({ name, message, fix }) => (
            <li key={name} className={styles.line}>
              <WarningRegular className={styles.icon} />
              <span>
                {message} {fix}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
