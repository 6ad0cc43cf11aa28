// Where Prisma's command-line tool finds the schema. Migrations are applied by migrate.mjs, not by that tool.
import { defineConfig } from 'prisma/config';

export default defineConfig({ schema: './schema.prisma' });
