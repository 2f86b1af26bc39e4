using MassTransit;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.Documents.DocumentEvents;
using Shop.Documents.Downloads;
using Shop.Documents.FileWatchers;
using Shop.Documents.Invoices;
using Shop.Documents.LogFormatting;
using Shop.Documents.Previews;
using Shop.Documents.Reports;
using Shop.Documents.Thumbnails;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCases()
    .Add<DocumentEventsCase>().Add<DocumentCacheCase>().Add<FileWatchersCase>().Add<PreviewsCase>()
    .Add<ReportsCase>().Add<DownloadsCase>().Add<LogFormattingCase>().Add<ThumbnailsCase>();
builder.AddCustomers();
builder.AddDatabase<DocumentsDb>("documents-db");
builder.AddMessageBus(bus => bus.AddConsumer<InvoiceConsumer, InvoiceConsumerDefinition>());
builder.AddImageLimits();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapLab();
app.UseAdmission();
app.UseDocumentEvents();
app.UseAuditLog();
app.UseCustomers();
app.UseCases();
app.MapDocuments();
await app.RunAsync();
