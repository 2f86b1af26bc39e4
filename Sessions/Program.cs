using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.Activity;
using Shop.Sessions.OrderStatus;
using Shop.Sessions.Store;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCases("sessions");
builder.AddSessions();
builder.AddActivity();
builder.AddOrderStatus();
builder.AddMessageBus(bus =>
{
    bus.AddOrderedLines();
    bus.AddOrderStatus();
});

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapLab();
app.MapSessions();
app.MapOrderStatus();
app.MapActivity();

await app.RunAsync();
