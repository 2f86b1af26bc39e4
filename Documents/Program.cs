using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCases("documents");
builder.AddDocumentEvents();
builder.AddCustomers();
builder.AddNpgsqlDbContext<DocumentsDb>("documents-db");
builder.AddImageLimits();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapLab();
app.UseDocumentEvents();
app.UseRateLimiter();
app.MapDocuments();
await app.RunAsync();
