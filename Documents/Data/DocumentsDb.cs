using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Data;

/// <summary>The documents and their contents.</summary>
/// <remarks>A new migration: <c>dotnet ef migrations add Name --project Documents --output-dir Data/Migrations</c>, after adding Microsoft.EntityFrameworkCore.Design to the project for that call.</remarks>
internal sealed class DocumentsDb(DbContextOptions<DocumentsDb> options) : DbContext(options)
{
    private const int Sha256Digits = 64;

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentContent> DocumentContents => Set<DocumentContent>();

    /// <summary>A document's metadata with its lines, whoever owns it.</summary>
    public async ValueTask<DocumentView?> FindDocumentAsync(Guid documentId, CancellationToken cancellationToken)
        => await Documents.AsNoTracking().Where(document => document.Id == documentId).Select(DocumentView.Projection).FirstOrDefaultAsync(cancellationToken) is { } found
            ? found with { Lines = await ReadLinesAsync(documentId, cancellationToken) }
            : null;

    /// <summary>An invoice's lines in their order; none for an upload.</summary>
    public Task<List<DocumentLine>> ReadLinesAsync(Guid documentId, CancellationToken cancellationToken)
        => Documents.AsNoTracking().Where(document => document.Id == documentId).SelectMany(document => document.Lines)
            .OrderBy(line => line.Position).ToListAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Document>(document =>
        {
            document.Property(d => d.Id).ValueGeneratedNever();
            document.Property(d => d.CustomerId).HasMaxLength(128);
            document.Property(d => d.Kind).HasConversion<string>().HasMaxLength(16);
            document.Property(d => d.Sha256).HasMaxLength(Sha256Digits);
            // One invoice per order, whatever is delivered twice; uploads have no order.
            document.HasIndex(d => d.OrderId).IsUnique();
            document.HasIndex(d => new { d.CustomerId, d.Id });
            document.OwnsMany(d => d.Lines, line =>
            {
                line.ToTable("DocumentLines");
                line.WithOwner().HasForeignKey("DocumentId");
                line.HasKey("DocumentId", nameof(DocumentLine.Position));
                line.Property(l => l.Position).ValueGeneratedNever();
                line.Property(l => l.Sku).HasMaxLength(64);
                line.Property(l => l.Name).HasMaxLength(256);
                line.Property(l => l.UnitPrice).HasPrecision(18, 2);
            });
        });
        modelBuilder.AddInbox();
        modelBuilder.Entity<DocumentContent>(content =>
        {
            content.HasKey(c => c.DocumentId);
            content.Property(c => c.DocumentId).ValueGeneratedNever();
            content.HasOne<Document>().WithOne().HasForeignKey<DocumentContent>(c => c.DocumentId);
        });
    }
}
