/** A page of the documentation, as its text. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
