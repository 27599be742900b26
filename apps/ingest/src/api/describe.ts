import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { compileCheck } from './check-request.ts';
import { EXAMPLE_BODIES } from './example-bodies.ts';
import { apiFrame, EXAMPLES, type Example } from './document.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** By a name in kebab-case. */
    readonly examples?: Readonly<Record<string, Example>>;
  }
}

/** The pages load nothing from elsewhere; the viewer sets styles on its own elements. */
const VIEWER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A route that names no query parameters has none. */
const NO_QUERY = { type: 'object', properties: {} };

/**
 * Makes the schemas on routes check requests and write the description: `/v1/openapi.json` for
 * machines, `/docs` for people. To be called before the routes are declared.
 */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  app.setValidatorCompiler(compileCheck as never);
  // Schemas of answers describe them; they take nothing away.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/v1/')) return;
    const key = `${String(route.method)} ${route.url.replace(/:\w+/g, '{}')}`;
    const examples = route.config?.examples ?? EXAMPLE_BODIES[key];
    const described = { querystring: NO_QUERY, ...route.schema };
    route.schema = examples ? Object.assign(described, { [EXAMPLES]: examples }) : described;
  });
  await app.register(swagger, apiFrame(version));
  let made: string | undefined;
  const text = () => (made ??= JSON.stringify(app.swagger()));
  app.get(
    '/v1/openapi.json',
    {
      schema: {
        tags: ['description'],
        summary: 'This API as an OpenAPI 3.1 document.',
        security: [],
        response: { 200: { type: 'object', description: 'The document.' } },
      },
    },
    (_request, reply) => reply.type('application/json; charset=utf-8').send(text()),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: VIEWER_POLICY,
    theme: { title: 'Ovation API' },
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      displayRequestDuration: true,
      tryItOutEnabled: false,
      defaultModelsExpandDepth: -1,
    },
  });
}
