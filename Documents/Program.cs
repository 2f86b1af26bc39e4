using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCases("documents");
builder.AddDocumentEvents();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapLab();
app.UseDocumentEvents();
await app.RunAsync();
