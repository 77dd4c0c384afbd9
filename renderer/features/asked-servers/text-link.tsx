import { Link, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  // The theme's yellow is made for a dark ground, and forced colours may be light; the underline says that it is a link.
  link: { '@media (forced-colors: active)': { color: 'CanvasText' } },
});

/** Leads to another page, in the middle of a sentence. */
export function TextLink({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <Link inline className={styles.link} onClick={onClick}>
      {children}
    </Link>
  );
}
