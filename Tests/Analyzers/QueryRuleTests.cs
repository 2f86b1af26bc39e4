namespace Shop.Tests.Analyzers;

/// <summary>Contexts, queries and statements: SHOP4001 to 4012.</summary>
public sealed class QueryRuleTests
{
    private const string Usings = "using Microsoft.EntityFrameworkCore;\n";

    private const string Model = """

        class Row { public int Id { get; set; } public int Price { get; set; } public List<Row> Parts { get; set; } = []; }
        class Db : DbContext { public DbSet<Row> Rows => Set<Row>(); }
        """;

    public static TheoryData<string> Found =>
    [
        """
        class S(Db db) { public Row? M(int id) => {|SHOP4001:db|}.Rows.Find(id); }
        class R { void Add(IServiceCollection services) => services.AddSingleton<S>(); }
        """,
        "class S : BackgroundService { readonly Db _db; public S(Db db) => {|SHOP4001:_db = db|}; "
            + "protected override Task ExecuteAsync(CancellationToken t) => _db.SaveChangesAsync(t); }",
        "class S { public List<Row> M(Db db) => {|SHOP4002:db.Rows.OrderBy(r => r.Id).ToList()|}; }",
        "class S { public Task<List<Row>> M(Db db) => {|SHOP4002:db.Rows.Include(r => r.Parts).Where(r => r.Id > 3).ToListAsync()|}; }",
        "class S { public int M(Db db) { var rows = {|SHOP4003:db.Rows.Where(r => r.Id > 3).ToList()|}; return rows.Sum(r => r.Price); } }",
        "class S { public Task<List<Row>> M(Db db) => {|SHOP4004:db.Rows.Where(r => r.Id > 3).Skip(10)|}.Take(10).ToListAsync(); }",
        "class S { public IAsyncEnumerable<Row> M(Db db) => {|SHOP4005:db.Rows.AsAsyncEnumerable()|}; }",
        "class My : DbContext { public My() => {|SHOP4006:ChangeTracker.AutoDetectChangesEnabled = false|}; }",
        "class S { public void M(Db db) { try { db.SaveChanges(); } finally { {|SHOP4007:db.ChangeTracker.Clear()|}; } } }",
        "class S { public IQueryable<Row> M(Db db) => {|SHOP4008:db.Rows.Select(r => new Row { Id = r.Id })|}; }",
        """
        class R { void Add(IServiceCollection services)
        {
            services.AddDbContextFactory<Db>();
            {|SHOP4010:services.AddPooledDbContextFactory<Db>(o => { })|};
        } }
        """,
        """
        class S { public void M(Npgsql.NpgsqlConnection c, string name)
        {
            using var command = new Npgsql.NpgsqlCommand($"SELECT * FROM rows WHERE name = '{name}'", c);
            {|SHOP4012:command.Prepare()|};
        } }
        """,
        "class S { public bool M(Db db, Row r) { db.Rows.Update(r); return {|SHOP4009:db.SaveChanges() == 0|}; } }",
    ];

    public static TheoryData<string> NotFound =>
    [
        "class S { public bool M(Db db) { db.Rows.First(r => r.Id == 1).Id = 2; return db.SaveChanges() == 0; } }",
        "class S { public bool M(Db db, Row? r) { if (r is not null) db.Rows.Update(r); return db.SaveChanges() == 0; } }",
        "class S { public bool M(Db db, Row r) { db.Rows.Update(r); return db.SaveChanges() > 0; } }",
        """
        class S(Db db) { public Row? M(int id) => db.Rows.Find(id); }
        class R { void Add(IServiceCollection services) => services.AddScoped<S>(); }
        """,
        "class S { public Task<List<Row>> M(Db db) => db.Rows.Include(r => r.Parts).Take(10).ToListAsync(); }",
        "class S { public Task<List<Row>> M(Db db) => db.Rows.Where(r => r.Id > 3).ToListAsync(); }",
        "class S { public int M(Db db) => db.Rows.Where(r => r.Id > 3).Sum(r => r.Price); }",
        "class S { public int M(Db db) { var rows = db.Rows.Where(r => r.Id > 3).ToList(); foreach (var r in rows) r.Price++; "
            + "db.SaveChanges(); return rows.Count; } }",
        "class S { public Task<List<Row>> M(Db db) => db.Rows.OrderBy(r => r.Id).Skip(10).Take(10).ToListAsync(); }",
        "class S { public IEnumerable<int> M(List<int> list) => list.Skip(10); }",
        "class S { public IAsyncEnumerable<Row> M(Db db) => db.Rows.AsNoTracking().AsAsyncEnumerable(); }",
        "class S { public void M(Db db) { try { db.SaveChanges(); } catch (DbUpdateException) { db.ChangeTracker.Clear(); } } }",
        "class View { public int Id { get; set; } } "
            + "class S { public IQueryable<View> M(Db db) => db.Rows.Select(r => new View { Id = r.Id }); }",
        "class R { void Add(IServiceCollection services) => services.AddPooledDbContextFactory<Db>(o => { }); }",
        """
        class S { const string Table = "rows"; public void M(Npgsql.NpgsqlConnection c, string name)
        {
            using var command = new Npgsql.NpgsqlCommand($"SELECT * FROM {Table} WHERE name = $1", c);
            command.Prepare();
        } }
        """,
    ];

    [Theory, MemberData(nameof(Found))]
    public Task WhatLoadsOrKeepsTooMuchIsFound(string code) => AnalyzerCheck.VerifyAsync(Usings + code + Model);

    [Theory, MemberData(nameof(NotFound))]
    public Task WhatIsLimitedIsNot(string code) => AnalyzerCheck.VerifyAsync(Usings + code + Model);
}
