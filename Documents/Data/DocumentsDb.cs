using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Data;

/// <summary>The database <c>documents</c>.</summary>
internal sealed class DocumentsDb(DbContextOptions<DocumentsDb> options) : DbContext(options), IInboxContext
{
    private const int Sha256Digits = 64;
    // A shadow property: as a property of the class, it would repeat the document's id in each line of a response.
    private const string DocumentId = nameof(DocumentId);

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentLine> DocumentLines => Set<DocumentLine>();

    public DbSet<DocumentContent> DocumentContents => Set<DocumentContent>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <summary>Reads a document's metadata with its lines, regardless of its owner.</summary>
    public async ValueTask<DocumentView?> FindDocumentAsync(Guid documentId, CancellationToken cancellationToken)
        => await Documents.AsNoTracking().Where(document => document.Id == documentId).Select(DocumentView.Projection)
            .FirstOrDefaultAsync(cancellationToken) is { } found
            ? found with { Lines = await ReadLinesAsync(documentId, cancellationToken) }
            : null;

    /// <summary>Reads an invoice's lines, ordered by position; returns an empty list for an upload.</summary>
    public Task<List<DocumentLine>> ReadLinesAsync(Guid documentId, CancellationToken cancellationToken)
        => Documents.AsNoTracking().Where(document => document.Id == documentId).SelectMany(document => document.Lines)
            .OrderBy(line => line.Position).ToListAsync(cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Document>(MapDocument);
        modelBuilder.Entity<DocumentLine>(MapLine);
        modelBuilder.Entity<DocumentContent>(MapContent);
    }

    private static void MapDocument(EntityTypeBuilder<Document> document)
    {
        document.Property(row => row.Id).ValueGeneratedNever();
        document.Property(row => row.CustomerId).HasMaxLength(128);
        document.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
        document.Property(row => row.Sha256).HasMaxLength(Sha256Digits);
        document.HasMany(row => row.Lines).WithOne().HasForeignKey(DocumentId);
        // At most one invoice per order, even if messages are redelivered; uploads have no order.
        document.HasIndex(row => row.OrderId).IsUnique();
        document.HasIndex(row => new { row.CustomerId, row.Id });
    }

    private static void MapLine(EntityTypeBuilder<DocumentLine> line)
    {
        line.HasKey(DocumentId, nameof(DocumentLine.Position));
        line.Property(row => row.Position).ValueGeneratedNever();
        line.Property(row => row.Sku).HasMaxLength(64);
        line.Property(row => row.Name).HasMaxLength(256);
        line.Property(row => row.UnitPrice).HasPrecision(18, 2);
    }

    private static void MapContent(EntityTypeBuilder<DocumentContent> content)
    {
        content.HasKey(row => row.DocumentId);
        content.HasOne<Document>().WithOne().HasForeignKey<DocumentContent>(row => row.DocumentId);
    }
}
