import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work that goes on after an answer is not the IAM surface's alone any more. */
export class Orders1795000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE iam_orders RENAME TO orders`);
    await runner.query(`ALTER TABLE orders RENAME CONSTRAINT iam_orders_pkey TO orders_pkey`);
    await runner.query(`ALTER INDEX iam_orders_due RENAME TO orders_due`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER INDEX orders_due RENAME TO iam_orders_due`);
    await runner.query(`ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO iam_orders_pkey`);
    await runner.query(`ALTER TABLE orders RENAME TO iam_orders`);
  }
}
