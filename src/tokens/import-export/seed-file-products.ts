import type { ProductDeclaration } from '../../core/config/file/sections/products.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { builtInProduct } from '../products.js';
import type { SeedRecord } from '../seed-files/seed-record.js';
import type { VendorProduct } from '../seed-files/vendor-xml-reader.js';
import { TOKEN_KINDS } from '../token-kinds.js';

/** Which product each token of a seed file becomes. */
export class SeedFileProducts {
  private readonly declared: ReadonlyMap<string, ProductDeclaration>;

  constructor(snapshot: ConfigurationSnapshot) {
    this.declared = new Map(
      snapshot.declared('product').map(({ spec }) => {
        const product = spec as unknown as ProductDeclaration;
        return [`${product.manufacturerCode}/${product.productCode}`, product];
      }),
    );
  }

  /** Whether a code, `manufacturerCode/productCode`, is one of a declared or built-in product. */
  knows(code: string): boolean {
    return this.declared.has(code) || TOKEN_KINDS.some((kind) => builtInProduct(kind).code === code);
  }

  /** The declared product whose codes the file names, else the built-in one of the kind. */
  codeOf({ kind, manufacturer, model }: Pick<SeedRecord, 'kind' | 'manufacturer' | 'model'>): string {
    const code = `${manufacturer ?? ''}/${model ?? ''}`;
    return this.declared.has(code) ? code : builtInProduct(kind).code;
  }

  /** Digits and time step of declared products, for files of the vendor that name a product only. */
  vendorProducts(): Record<string, VendorProduct> {
    return Object.fromEntries(
      [...this.declared].flatMap(([code, { digits, timer }]) =>
        digits !== undefined && timer !== undefined ? [[code, { digits, period: timer }]] : [],
      ),
    );
  }
}
