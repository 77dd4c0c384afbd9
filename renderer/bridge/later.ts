import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { restOfTexts } from './catalogue.ts';

/** A part of the window that is read when it is first shown, with the texts that the list does not say. */
export function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const [component] = await Promise.all([load(), restOfTexts()]);
    return { default: component };
  });
}
