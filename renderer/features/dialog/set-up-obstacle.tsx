import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircleFilled, InfoRegular } from '@fluentui/react-icons';
import { useFacts } from '../../bridge/facts.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { Field, Obstacle } from './form.ts';

const useStyles = makeStyles({
  line: { ...typographyStyles.caption1, display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  icon: { flexShrink: 0, fontSize: tokens.fontSizeBase400 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

const labels: Readonly<Partial<Record<Field, TextKey>>> = {
  name: 'field.name',
  clientId: 'field.client-id',
  tenant: 'field.tenant-id',
  instance: 'field.instance',
  fqdn: 'dialog.server',
  port: 'dialog.port',
  appName: 'dialog.app-name',
  permissions: 'dialog.permissions.own.label',
  keepAs: 'dialog.permissions.keep',
};

export interface SetUpObstacleProps {
  readonly obstacle: Obstacle;
  /** For the button that it describes. */
  readonly id: string;
}

/** Why a set-up cannot begin yet, beside its button. */
export function SetUpObstacle({ obstacle, id }: SetUpObstacleProps) {
  const { t, list } = useTexts();
  const { annotations } = useFacts();
  const styles = useStyles();
  const named = (field: Field) => {
    const key = labels[field];
    return key === undefined ? (annotations.find((each) => each.field === field)?.label ?? field) : t(key);
  };
  const words = {
    wrong: () => t('dialog.obstacle.wrong', { count: obstacle.kind === 'wrong' ? obstacle.count : 0 }),
    empty: () => t('dialog.obstacle.empty', { fields: list(obstacle.kind === 'empty' ? obstacle.fields.map(named) : []) }),
    custody: () => t('dialog.obstacle.custody'),
  };
  return (
    <span id={id} className={styles.line} data-obstacle={obstacle.kind}>
      {obstacle.kind === 'wrong' ? (
        <ErrorCircleFilled className={mergeClasses(styles.icon, styles.wrong)} />
      ) : (
        <InfoRegular className={styles.icon} />
      )}
      <span {...(obstacle.kind === 'wrong' ? { className: styles.wrong } : {})}>{words[obstacle.kind]()}</span>
    </span>
  );
}
