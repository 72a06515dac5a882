import { join } from 'node:path';
import type { IRouter } from 'express';
import { contentPolicy } from '../http/content-policy.ts';
import { apiPage } from './api-page.ts';
import { landingPage } from './landing.ts';
import type { Service } from './page.ts';
import { problemsPage } from './problems.ts';
import { testCodesPage } from './test-codes.ts';

interface DocsNeeds extends Service {
  readonly publicDir: string;
  /** The folder of swagger-ui-dist. */
  readonly swaggerDir: string;
  readonly openapiFile: string;
  /** The paths of the pages for people at tills, with phones and in offices. */
  readonly apps?: readonly string[];
}

/** What a page of text needs: our styles and our icon. */
export const PAGE_POLICY = contentPolicy({ 'style-src': "'self'", 'img-src': "'self'" });

/** What Swagger UI needs beside that: its script, the contract, and the pictures that its styles carry as data. */
export const API_POLICY = contentPolicy({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
});

const HOUR = 3_600_000;

/** Hangs the pages: no part of the contract, since people read them, not programs. */
export function docsRoutes(router: IRouter, needs: DocsNeeds): void {
  const { publicDir, swaggerDir, openapiFile } = needs;
  hangPage(router, '/', landingPage(needs, needs.apps), PAGE_POLICY);
  hangPage(router, '/docs', apiPage(needs), API_POLICY);
  hangPage(router, '/docs/test-codes', testCodesPage(needs), PAGE_POLICY);
  hangPage(router, '/docs/problems', problemsPage(needs), PAGE_POLICY);

  hangFile(router, '/openapi.yaml', openapiFile, { type: 'application/yaml; charset=utf-8', maxAge: 0 });
  hangFile(router, '/docs/assets/swagger-ui.css', join(swaggerDir, 'swagger-ui.css'));
  hangFile(router, '/docs/assets/swagger-ui-bundle.js', join(swaggerDir, 'swagger-ui-bundle.js'));
  hangFile(router, '/docs/assets/swagger.js', join(publicDir, 'docs/swagger.js'));
  hangFile(router, '/docs/assets/swagger.css', join(publicDir, 'docs/swagger.css'));
  hangFile(router, '/docs/assets/docs.css', join(publicDir, 'docs/docs.css'));
  hangFile(router, '/styles/base.css', join(publicDir, 'styles/base.css'));
  hangFile(router, '/icon.svg', join(publicDir, 'icon.svg'));
}

function hangPage(router: IRouter, path: string, text: string, contentPolicy: string): void {
  router.get(path, (_req, res) => {
    res.set({ 'Content-Security-Policy': contentPolicy, 'Cache-Control': 'no-cache' });
    res.type('html').send(text);
  });
}

function hangFile(
  router: IRouter,
  path: string,
  file: string,
  { type, maxAge = HOUR }: { type?: string; maxAge?: number } = {},
): void {
  router.get(path, (_req, res, next) => {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    // A checkout may lie below a folder whose name begins with a dot.
    res.sendFile(file, { maxAge, headers, dotfiles: 'allow' }, (error?: Error) => {
      if (error && !res.headersSent) next(error);
    });
  });
}
