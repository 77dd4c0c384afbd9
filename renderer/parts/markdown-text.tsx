import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { createElement, Fragment, useMemo, type ReactNode } from 'react';
import { blocksOf, type Block, type Inline, type Line } from './markdown.ts';

const useStyles = makeStyles({
  text: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, userSelect: 'text', overflowWrap: 'anywhere' },
  part: { margin: 0 },
  heading: { ...typographyStyles.subtitle2, margin: `${tokens.spacingVerticalS} 0 0` },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  block: {
    margin: 0,
    padding: tokens.spacingHorizontalS,
    whiteSpace: 'pre-wrap',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: { borderCollapse: 'collapse' },
  cell: {
    textAlign: 'start',
    verticalAlign: 'top',
    padding: tokens.spacingHorizontalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  address: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

type Styles = ReturnType<typeof useStyles>;

function pieceOf(piece: Inline, styles: Styles): ReactNode {
  switch (piece.kind) {
    case 'strong':
      return <strong>{piece.text}</strong>;
    case 'emphasis':
      return <em>{piece.text}</em>;
    case 'code':
      return <code className={styles.code}>{piece.text}</code>;
    case 'link':
      // Of the web: to be read and copied. Of the pages beside this one: their names alone.
      return /^https?:/.test(piece.address) && piece.address !== piece.text ? (
        <>
          {piece.text} <span className={styles.address}>({piece.address})</span>
        </>
      ) : (
        piece.text
      );
    default:
      return piece.text;
  }
}

const lineOf = (line: Line, styles: Styles) => line.map((piece, index) => <Fragment key={index}>{pieceOf(piece, styles)}</Fragment>);

/** @param deeper what is added to the level of its headings */
function blockOf(block: Block, styles: Styles, deeper: number): ReactNode {
  switch (block.kind) {
    case 'heading':
      return createElement(`h${Math.min(6, block.level + deeper)}`, { className: styles.heading }, lineOf(block.line, styles));
    case 'code':
      return <pre className={styles.block}>{block.text}</pre>;
    case 'list':
      return createElement(
        block.ordered ? 'ol' : 'ul',
        { className: styles.list },
        block.items.map((blocks, index) => (
          <li key={index}>
            {blocks.map((each, at) => (
              <Fragment key={at}>{blockOf(each, styles, deeper)}</Fragment>
            ))}
          </li>
        )),
      );
    case 'table':
      return (
        <table className={styles.table}>
          <thead>
            <tr>
              {block.head.map((cell, index) => (
                <th key={index} scope="col" className={styles.cell}>
                  {lineOf(cell, styles)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((cells, index) => (
              <tr key={index}>
                {cells.map((cell, at) => (
                  <td key={at} className={styles.cell}>
                    {lineOf(cell, styles)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    default:
      return <p className={styles.part}>{lineOf(block.line, styles)}</p>;
  }
}

export interface MarkdownTextProps {
  readonly text: string;
  /** Level of its highest headings. */
  readonly top: number;
}

/** A text with headings, lists, tables, bold and code. What it holds beside that stays what it is: no HTML, no picture, no address that opens. */
export function MarkdownText({ text, top }: MarkdownTextProps) {
  const styles = useStyles();
  const blocks = useMemo(() => blocksOf(text), [text]);
  // Whatever level the text begins with, none is left out below what stands around it.
  const first = Math.min(...blocks.map((block) => (block.kind === 'heading' ? block.level : 6)));
  return (
    <div className={styles.text}>
      {blocks.map((block, index) => (
        <Fragment key={index}>{blockOf(block, styles, top - first)}</Fragment>
      ))}
    </div>
  );
}
