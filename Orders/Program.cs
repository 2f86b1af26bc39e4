using Shop.Orders;
using Shop.Orders.Catalogue;
using Shop.Orders.Data;
using Shop.Orders.OrderDispatch;
using Shop.Orders.OrderEvents;
using Shop.Orders.OrderExport;
using Shop.Orders.OrderRepository;
using Shop.Orders.OrderSummary;
using Shop.Orders.Placing;
using Shop.Orders.PreparedStatements;
using Shop.Orders.Reading;
using Shop.Orders.Status;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCases()
    .Add<OrderDispatchCase>()
    .Add<OrderEventsCase>()
    .Add<OrderExportCase>()
    .Add<OrderRepositoryCase>()
    .Add<OrderSummaryCase>()
    .Add<PreparedStatementsCase>();
builder.AddCustomers();
builder.AddDatabase<OrdersDb>("orders-db");
builder.AddOrderPlacing();
builder.AddOrderReading();
builder.Services.AddValidation();
builder.AddMessageBus(bus => bus.AddOrderStatus());

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapLab();
app.UseAdmission();
app.UseCustomers();
app.UseCases();
app.MapProducts();
app.MapOrders();

await app.RunAsync();
