import type { Viewer } from '@ovation/protocol';
import type { Language } from '$lib/i18n/language.ts';

declare global {
  namespace App {
    interface Locals {
      language: Language;
      viewer: Viewer | null;
    }
    interface PageData {
      language: Language;
      viewer: Viewer | null;
    }
  }
}
