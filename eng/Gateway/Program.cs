using Shop.Gateway;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCharges();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapCharges();
app.MapCustomers();

await app.RunAsync();
