import { Icon } from '../design/icon.tsx';
import { changeLanguage, languages, languageTag, say } from './language.ts';

/** Chooses among the languages; each is named in itself. */
export function LanguageSwitch() {
  return (
    <label class="language-switch">
      <Icon name="language" />
      <span class="for-readers">{say('language.choose')}</span>
      <select value={languageTag()} onChange={(event) => void changeLanguage(event.currentTarget.value)}>
        {languages().map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
