using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.ActivityLog;
using Shop.Sessions.ActivityMetrics;
using Shop.Sessions.Carts;
using Shop.Sessions.Connections;
using Shop.Sessions.OrderStatus;
using Shop.Sessions.SessionStore;
using Shop.Sessions.Subscriptions;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCases()
    .Add<ActivityLogCase>()
    .Add<ActivityMetricsCase>()
    .Add<ConnectionsCase>()
    .Add<SessionStoreCase>()
    .Add<SubscriptionsCase>();
builder.AddSessions();
builder.AddOrderStatus();
builder.AddMessageBus(bus =>
{
    bus.AddOrderedLines();
    bus.AddOrderStatus();
});

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapLab();
app.UseAdmission();
app.UseWebSockets();
app.UseCustomers();
app.UseCases();
app.MapSessions();
app.MapOrderStatus();
app.MapActivity();

await app.RunAsync();
