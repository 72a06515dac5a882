import '../../../public/styles/base.css';
import '../design/components.css';
import { render } from 'preact';
import { startLanguage } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';

await startLanguage();
render(<LanguageSwitch />, document.getElementById('app') ?? document.body);
