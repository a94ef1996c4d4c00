import { TextType, type EntityProperty, type Platform } from '@mikro-orm/core';
import { isMySqlFamily } from './dialect.ts';

/** A text of up to 16 MB: `mediumtext` on MySQL and MariaDB, where `text` ends at 64 KB; `text` elsewhere. */
export class MediumText extends TextType {
  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return isMySqlFamily(platform) ? 'mediumtext' : 'text';
  }
}
