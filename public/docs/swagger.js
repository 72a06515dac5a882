// Starts Swagger UI on the page of the API. Everything comes from our own origin.

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger',
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  // A key typed in here is gone with the page.
  persistAuthorization: false,
  // No stranger is told which contract is read here.
  validatorUrl: null,
  // Swagger UI calls its list the main part of the page; here it is a part of it.
  onComplete: () => {
    const list = document.querySelector('main#operations');
    list?.setAttribute('role', 'region');
    list?.setAttribute('aria-label', 'Operations');
  },
});
