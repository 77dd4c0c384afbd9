/** In the page: a file is dropped on an element. Everything it needs is inside it. */
export function dropFile(target: Element, { name, bytes }: { readonly name: string; readonly bytes: readonly number[] }): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
}
