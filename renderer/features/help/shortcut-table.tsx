import { makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { commandIds, commands, keyText, keyOf } from '../manager/index.ts';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', alignSelf: 'flex-start', userSelect: 'text' },
  cell: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** Keys of the list that belong to no command. */
const ofList: readonly (readonly [TextKey, string])[] = [
  ['help.key.tick', 'Space'],
  ['help.key.tick-all', 'Control+A'],
  ['help.key.untick', 'Escape'],
  ['help.key.menu', 'Shift+F10'],
  ['help.key.undo', 'Control+Z'],
  ['help.key.width', 'Shift+←/→'],
  ['menu.guide', 'F1'],
];

/** Every key there is, from the commands themselves. */
export function ShortcutTable() {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const ofCommands = commandIds.flatMap((id): (readonly [TextKey, string])[] => {
    const key = keyOf(id);
    return key === null ? [] : [[commands[id].label, key]];
  });
  return (
    <table className={styles.table}>
      <tbody>
        {[...ofCommands, ...ofList].map(([label, key]) => (
          <tr key={label}>
            <th scope="row" className={styles.cell}>
              {t(label)}
            </th>
            <td className={styles.cell}>{keyText(key, texts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
