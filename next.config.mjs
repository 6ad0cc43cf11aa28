// Next.js settings. Few on purpose: content is evaluated by our own loader, so no MDX plugin has to be named here.
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** @type {import('next').NextConfig} */
export default {
  env: { FENCEPOST_VERSION: version },
  poweredByHeader: false,
  devIndicators: false,
  reactStrictMode: true,
  // Types are checked by npm test; checking them again would only make the first npm start slower.
  typescript: { ignoreBuildErrors: true },
  // Native or WebAssembly parts that must be loaded from node_modules as they are.
  serverExternalPackages: ['better-sqlite3', '@prisma/client', '@prisma/adapter-better-sqlite3'],
  // The matrix of demos is searched in the build, some seconds for a page; on a busy machine that may be minutes.
  staticPageGenerationTimeout: 300,
  turbopack: { root: import.meta.dirname },
  async headers() {
    const everywhere = [
      { key: 'X-Content-Type-Options', value: 'nosniff' },
      { key: 'X-Frame-Options', value: 'DENY' },
      // No word on scripts and styles: pages are rendered ahead, so they cannot carry a nonce.
      {
        key: 'Content-Security-Policy',
        value: "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
      },
      { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
      { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
    ];
    return [{ source: '/:path*', headers: everywhere }];
  },
};
