import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

/** How lists of keys look. */
export const useKeyStyles = makeStyles({
  title: { ...typographyStyles.body1Strong, margin: `${tokens.spacingVerticalM} 0 0` },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  text: { flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  thumbprint: { display: 'block', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});
