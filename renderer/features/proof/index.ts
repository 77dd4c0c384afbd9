/** What a verification has shown: the verdict, the checks with their evidence, and the certificate on its three sides. */
export { CheckList } from './check-list.tsx';
export { Comparison } from './comparison.tsx';
export { reportText } from './report-text.ts';
export { VerdictTitle } from './verdict-title.tsx';
export { isUntested, toneOf, verdictOf } from './verdict.ts';
