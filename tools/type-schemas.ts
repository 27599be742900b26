import { join } from 'node:path';
import ts from 'typescript';

/** JSON Schemas of the types that cross a boundary, read from their sources: one truth for both. */

export type Schema = { [key: string]: unknown };

const FOLDERS = /\/packages\/(protocol|domain)\/src\//;

export class TypeSchemas {
  readonly #checker: ts.TypeChecker;
  readonly #entry: ts.SourceFile;
  readonly #draft: '07' | '2020-12';
  /** Named types that were met, each described once. */
  readonly named = new Map<string, Schema>();

  /** AsyncAPI speaks draft 07 of JSON Schema, OpenAPI 3.1 that of 2020: they write tuples apart. */
  constructor(root: string, draft: '07' | '2020-12') {
    this.#draft = draft;
    const entry = join(root, 'packages/protocol/src/index.ts');
    const program = ts.createProgram([entry], {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['source'],
      allowImportingTsExtensions: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    });
    this.#checker = program.getTypeChecker();
    this.#entry = program.getSourceFile(entry)!;
  }

  /** A reference to an exported type. */
  of(name: string): Schema {
    return this.schema(this.#exported(name));
  }

  /** Members of an exported interface with their comments; calls with their parameters. */
  members(name: string): { name: string; says: string; takes: ts.Type[]; answer?: ts.Type }[] {
    const type = this.#exported(name);
    return type.getProperties().map((member) => {
      const [call] = this.#typeOf(member).getCallSignatures();
      const parameters = call!.getParameters().map((one) => this.#typeOf(one));
      const replies = parameters.flatMap((one) => one.getCallSignatures());
      const takes = parameters.filter((one) => one.getCallSignatures().length === 0);
      const answer = replies[0]?.getParameters().map((one) => this.#typeOf(one))[0];
      return { name: member.name, says: this.#says(member), takes, ...(answer ? { answer } : {}) };
    });
  }

  schema(type: ts.Type): Schema {
    const name = this.#nameOf(type);
    if (name === undefined) return this.#structure(type);
    if (!this.named.has(name)) {
      // Taken before it is described: a type may hold itself.
      this.named.set(name, {});
      const says = this.#says(type.aliasSymbol ?? type.symbol);
      const described = says === '' ? {} : { description: says };
      this.named.set(name, { ...described, ...this.#structure(type) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The type's own name, where it is one of ours and not made of others. */
  #nameOf(type: ts.Type): string | undefined {
    if (type.aliasTypeArguments) return undefined;
    const symbol = type.aliasSymbol ?? type.symbol;
    const declared = symbol?.declarations?.[0];
    if (!declared || !FOLDERS.test(declared.getSourceFile().fileName)) return undefined;
    const named = ts.isInterfaceDeclaration(declared) || ts.isTypeAliasDeclaration(declared);
    return named ? symbol.name : undefined;
  }

  #structure(type: ts.Type): Schema {
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { const: this.#checker.typeToString(type) === 'true' };
    }
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    if (type.isUnion()) return this.#union(type);
    if (this.#checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference);
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: this.schema(item!) };
    }
    return this.#object(type);
  }

  #union(type: ts.UnionType): Schema {
    const given = type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined));
    const parts = given.map((one) => this.schema(one));
    if (parts.length === 1) return parts[0]!;
    if (parts.every((part) => 'const' in part)) {
      const values = parts.map((part) => part['const']);
      const both = values.length === 2 && values.every((value) => typeof value === 'boolean');
      return both ? { type: 'boolean' } : { enum: values };
    }
    const booleans = parts.filter((part) => typeof part['const'] === 'boolean');
    if (booleans.length < 2) return { anyOf: parts };
    const others = parts.filter((part) => !booleans.includes(part));
    return { anyOf: [...others, { type: 'boolean' }] };
  }

  #tuple(type: ts.TupleTypeReference): Schema {
    const items = this.#checker.getTypeArguments(type).map((one) => this.schema(one));
    const names = type.target.labeledElementDeclarations ?? [];
    const prefixItems = items.map((item, index) => {
      const label = names[index]?.name.getText();
      return label === undefined || '$ref' in item ? item : { title: label, ...item };
    });
    const places = this.#draft === '07' ? { items: prefixItems } : { prefixItems };
    return { type: 'array', ...places, minItems: items.length, maxItems: items.length };
  }

  #object(type: ts.Type): Schema {
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const properties: Schema = {};
    const required: string[] = [];
    for (const member of this.#checker.getPropertiesOfType(type)) {
      const says = this.#says(member);
      const inner = this.schema(this.#typeOf(member));
      properties[member.name] = says === '' ? inner : { description: says, ...inner };
      if (!(member.flags & ts.SymbolFlags.Optional)) required.push(member.name);
    }
    if (index) return { type: 'object', additionalProperties: this.schema(index.type) };
    return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }

  #typeOf = (symbol: ts.Symbol): ts.Type =>
    this.#checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration ?? this.#entry);

  #says = (symbol: ts.Symbol): string =>
    ts
      .displayPartsToString(symbol.getDocumentationComment(this.#checker))
      .replace(/\s+/g, ' ')
      .trim();

  #exported(name: string): ts.Type {
    const module = this.#checker.getSymbolAtLocation(this.#entry)!;
    const found = this.#checker.getExportsOfModule(module).find((one) => one.name === name);
    if (!found) throw new Error(`packages/protocol exports no type ${name}`);
    return this.#checker.getDeclaredTypeOfSymbol(
      found.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(found) : found,
    );
  }
}
